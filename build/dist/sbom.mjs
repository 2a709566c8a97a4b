import { writeFileSync } from 'node:fs';
import { runNpm } from '../npm.mjs';
import { ROOT, SetupError } from '../setup.mjs';
import { shippedPackages } from './shipped-packages.mjs';

const SBOM_MS = 120_000;

/**
 * Writes a CycloneDX list of what a package contains: npm's own, less the tools that only build it.
 * @param {string} file
 * @param {string} electronVersion of the Electron it is packed over
 */
export function writeSbom(file, electronVersion) {
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--loglevel=error'];
  const { ok, stdout } = runNpm(args, { cwd: ROOT, timeoutMs: SBOM_MS, capture: true });
  if (!ok) throw new SetupError('npm sbom failed; see the lines above.');
  const document = JSON.parse(stdout);
  const shipped = new Set(shippedPackages().map(({ name, version }) => `${name}@${version}`));
  /** @param {string} ref */
  const ships = (ref) => shipped.has(ref) || ref === document.metadata.component['bom-ref'];
  document.components = document.components.filter(
    (/** @type {{ 'bom-ref': string }} */ component) => ships(component['bom-ref']),
  );
  document.dependencies = document.dependencies
    .filter((/** @type {{ ref: string }} */ { ref }) => ships(ref))
    .map((/** @type {{ ref: string, dependsOn?: string[] }} */ { ref, dependsOn }) => ({
      ref,
      dependsOn: (dependsOn ?? []).filter(ships),
    }));
  const text = JSON.stringify(document, electronAs(electronVersion), 2);
  writeFileSync(file, `${text}\n`);
}

/**
 * Puts the version of the Electron that is really inside where npm has that of its npm package: over
 * the test runtime they differ.
 * @param {string} version
 */
function electronAs(version) {
  return (/** @type {string} */ _key, /** @type {unknown} */ value) => {
    if (typeof value === 'string')
      return value.replace(/\belectron@[\d.]+$/, `electron@${version}`);
    const { name } = /** @type {{ name?: unknown }} */ (value ?? {});
    return name === 'electron' ? { .../** @type {object} */ (value), version } : value;
  };
}
