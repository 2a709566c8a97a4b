/** Where a lane of the timeline lies, px. */
export interface LanePlace {
  readonly top: number;
  readonly height: number;
}

export interface LanePlaces {
  /** Words of marks. */
  readonly marks: number;
  readonly recorded: LanePlace;
  readonly model: LanePlace;
  /** Binds per second and latency; null where durations are no measurement. */
  readonly binds: LanePlace | null;
  /** Where the words of the axis stand. */
  readonly axis: number;
  readonly height: number;
}

const MARKS = 14;
const RECORDED: LanePlace = { top: 22, height: 44 };
const MODEL: LanePlace = { top: 86, height: 40 };

/** Middle of the room between the two lanes, where the differences stand. */
export const DIFFERENCES_Y = (RECORDED.top + RECORDED.height + MODEL.top) / 2;

export const LANES: Readonly<Record<'timed' | 'untimed', LanePlaces>> = {
  untimed: { marks: MARKS, recorded: RECORDED, model: MODEL, binds: null, axis: 142, height: 148 },
  timed: {
    marks: MARKS,
    recorded: RECORDED,
    model: MODEL,
    binds: { top: 136, height: 30 },
    axis: 182,
    height: 188,
  },
};
