/** Electron's fuses: what a packed desktop can't be talked into any more. */
import { TARGET } from './places.mjs';

/** As electron-builder's `electronFuses` names them. */
export const FUSES = {
  // The lab service runs on plain Node; the desktop's binary is no Node for anybody.
  runAsNode: false,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableCookieEncryption: true,
  onlyLoadAppFromAsar: true,
  // Electron checks it on Windows and macOS only.
  enableEmbeddedAsarIntegrityValidation: TARGET.platform === 'win32',
  grantFileProtocolExtraPrivileges: false,
  loadBrowserProcessSpecificV8Snapshot: false,
};

/**
 * Reads the fuses of a packed program back.
 * @param {string} program
 * @returns {Promise<string[]>} those that are not as wanted, in words
 */
export async function wrongFuses(program) {
  const { FuseState, FuseV1Options, getCurrentFuseWire } = await import('@electron/fuses');
  const wire = await getCurrentFuseWire(program);
  /** @type {[keyof typeof FUSES, keyof typeof FuseV1Options][]} */
  const names = [
    ['runAsNode', 'RunAsNode'],
    ['enableNodeOptionsEnvironmentVariable', 'EnableNodeOptionsEnvironmentVariable'],
    ['enableNodeCliInspectArguments', 'EnableNodeCliInspectArguments'],
    ['enableCookieEncryption', 'EnableCookieEncryption'],
    ['onlyLoadAppFromAsar', 'OnlyLoadAppFromAsar'],
    ['enableEmbeddedAsarIntegrityValidation', 'EnableEmbeddedAsarIntegrityValidation'],
    ['grantFileProtocolExtraPrivileges', 'GrantFileProtocolExtraPrivileges'],
    ['loadBrowserProcessSpecificV8Snapshot', 'LoadBrowserProcessSpecificV8Snapshot'],
  ];
  return names
    .filter(([ours, theirs]) => {
      const state = wire[FuseV1Options[theirs]];
      return state !== (FUSES[ours] ? FuseState.ENABLE : FuseState.DISABLE);
    })
    .map(([, theirs]) => `the fuse ${theirs} is not as it must be`);
}
