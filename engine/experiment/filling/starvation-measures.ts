import { ATTEMPTS, type StarvationEvidence } from '../../claim/rules/starvation-evidence.ts';

/**
 * The figures of a starvation run, by name; codes are those seen most.
 * @param peakSeconds how long the range was full
 */
export function starvationMeasures(
  own: StarvationEvidence,
  peakSeconds: number,
): Record<string, number> {
  const { peak, control, recoverySeconds } = own;
  const measures: Record<string, number> = { held: own.held };
  if (peak !== null) {
    measures['starved.seconds'] = peakSeconds;
    measures['starved.rounds'] = peak.clean;
    measures['port-scalability.got'] = peak.optionGot;
    for (const kind of ATTEMPTS) {
      const { got, shared, failed, codes } = peak.tallies[kind];
      measures[`starved.${kind}.failed`] = failed;
      measures[`starved.${kind}.got`] = got + shared;
      const [code] = Object.entries(codes).toSorted(([, a], [, b]) => b - a);
      if (code !== undefined) measures[`starved.${kind}.code`] = Number(code[0]);
    }
  }
  if (control !== null) measures['control.held'] = control.held;
  if (recoverySeconds !== null) measures['recovery.seconds'] = recoverySeconds;
  return measures;
}
