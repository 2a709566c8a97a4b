import { Fragment, type ReactNode } from 'react';
import { STRATEGIES } from '#engine/model/strategy.ts';
import { color } from '../../kit/colors.ts';

type Hue = (typeof HUES)[number];
const HUES = [...STRATEGIES, 'others'] as const;

/** Id of a fill that says where figures come from: dots for Wine, a hatch for the model. */
export function patternOf(id: string, kind: 'wine' | 'modelled' | 'measured' | 'unread', hue: Hue) {
  return `${id}-${kind}-${hue}`;
}

/** The fills of the lanes. Measured figures have none: they are solid. */
export function LanePatterns({ id }: { readonly id: string }): ReactNode {
  return (
    <defs>
      {HUES.map((hue) => (
        <Fragment key={hue}>
          <pattern
            id={patternOf(id, 'modelled', hue)}
            width="6"
            height="6"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <rect width="6" height="6" fill={color('card')} />
            <rect width="3" height="6" fill={color(hue)} />
          </pattern>
          <pattern
            id={patternOf(id, 'wine', hue)}
            width="5"
            height="5"
            patternUnits="userSpaceOnUse"
          >
            <rect width="5" height="5" fill={color('card')} />
            <circle cx="1.5" cy="1.5" r="1.1" fill={color(hue)} />
          </pattern>
        </Fragment>
      ))}
      <pattern
        id={patternOf(id, 'unread', 'others')}
        width="8"
        height="8"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect width="1" height="8" fill={color('strong')} />
      </pattern>
    </defs>
  );
}
