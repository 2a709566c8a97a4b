import { formatNumber } from '../chart/format.ts';
import type { MeasureMeaning } from '../run/measures/measure-meaning.ts';
import type { ComparedFact, ComparedMeasure, FactValue } from './compare-document.ts';

/** What of a comparison tells runs apart: the rest can be asked for. */

/**
 * Figures that differ between runs which have them. What only one run has is nothing to compare, and
 * which number the system gave is nothing anybody promises.
 */
export function differingMeasures(measures: readonly ComparedMeasure[]): ComparedMeasure[] {
  const even = evenArms(measures);
  return measures.filter(({ name, kind, values }) => {
    const known = values.filter((value) => value !== null);
    return (
      kind !== 'port' &&
      known.length > 1 &&
      known.some((value) => value !== known[0]) &&
      !even(name)
    );
  });
}

/** Names, not quantities: no thousands separators. */
const NAMING: ReadonlySet<string> = new Set(['seed', 'version']);

/** A figure in its unit: small ones keep three figures, however small. */
export function quantityWords(value: number): string {
  return formatNumber(
    Math.abs(value) < 1 ? Number(value.toPrecision(3)) : value,
    Math.abs(value) < 1 ? 9 : 3,
  );
}

/** A compared figure in its unit. A code or a port number names something: no separators. */
export function figureValueWords(
  { kind, scale }: Pick<MeasureMeaning, 'kind' | 'scale'>,
  value: number,
): string {
  return kind === 'code' || kind === 'port' ? String(value) : quantityWords(value * scale);
}

/** A difference in percent of what it is to: `+300`; a dash where there is nothing to set it against. */
export function shareWords(delta: number | null, of: number | null): string {
  if (delta === null || of === null || of === 0) return '–';
  const words = formatNumber((delta / Math.abs(of)) * 100, 1);
  return delta > 0 ? `+${words}` : words;
}

/** A fact's value for reading. @param quantity how a number is written that is one */
export function factValueWords(
  { name, group }: Pick<ComparedFact, 'name' | 'group'>,
  value: FactValue,
  quantity: (value: number) => string,
): string {
  if (value === null) return '–';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return value === '' ? 'none' : value;
  return group === 'run' && NAMING.has(name) ? String(value) : quantity(value);
}

const ONE_ADDRESS = /^(.*)perAddress\.(?!least$|most$)/;

/** Where every run spread its ports evenly, the least and the most say it of each address. */
function evenArms(measures: readonly ComparedMeasure[]): (name: string) => boolean {
  const byName = new Map(measures.map((measure) => [measure.name, measure.values]));
  return (name) => {
    const arm = ONE_ADDRESS.exec(name)?.[1];
    if (arm === undefined) return false;
    const most = byName.get(`${arm}perAddress.most`);
    return (
      byName.get(`${arm}perAddress.least`)?.every((least, at) => least === most?.[at]) ?? false
    );
  };
}
