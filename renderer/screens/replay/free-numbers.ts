export { UsableNumbers } from '#engine/analysis/usable-numbers.ts';
