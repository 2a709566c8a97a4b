/** What an application needs of a host's ports, and how it comes to more than its connections. */
export interface Load {
  /** Outbound connections open at once. */
  readonly connections: number;
  /** New ones a second, each of which leaves its port in TIME_WAIT when it closes. */
  readonly perSecond: number;
}

/** Ports held at the peak: by connections, and in TIME_WAIT by those that closed lately. */
export function heldAtPeak({ connections, perSecond }: Load, timeWaitSeconds: number): number {
  return connections + wholeAbove(perSecond * timeWaitSeconds);
}

/**
 * What must be there so that a share of it stays free at the peak.
 * @param headroomPercent of the capacity, 0 and up, below 100
 */
export function capacityFor(held: number, headroomPercent: number): number {
  return wholeAbove((held * 100) / (100 - headroomPercent));
}

/** The next whole number; what lies above one by a rounding error only is that one. */
function wholeAbove(value: number): number {
  return Math.ceil(Number(value.toPrecision(12)));
}
