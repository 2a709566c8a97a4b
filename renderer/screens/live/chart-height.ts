import { useMedia } from '../../kit/use-media.ts';

/** px; in a low window charts shrink first. */
export function useChartHeight(): number {
  return useMedia('(max-height: 759px)') ? 132 : 190;
}
