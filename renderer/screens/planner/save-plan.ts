import type { PlanDocument } from '#engine/planner/plan-document.ts';
import { saveBlob } from '../../kit/save-blob.ts';

/** Saves the plan as `portlab plan --json` prints it. */
export function savePlan(plan: PlanDocument): void {
  const text = `${JSON.stringify(plan, null, 2)}\n`;
  saveBlob(new Blob([text], { type: 'application/json' }), planFileName(plan));
}

/** `plan-30000-connections-documented.json`, of characters every file system takes. */
export function planFileName({ need, host }: PlanDocument): string {
  const name = host.name.replaceAll(/[^\w.-]+/g, '-').slice(0, 60);
  return `plan-${need.connections}-connections-${name}.json`;
}
