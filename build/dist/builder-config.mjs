import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { FUSES } from './fuses.mjs';
import {
  APP_ID,
  FILE_NAME,
  PRODUCT_NAME,
  RESOURCES,
  RUN_FILE_ENDING,
  STAGE,
  UPGRADE_CODE,
} from './places.mjs';

/**
 * What electron-builder is told. Everything is laid out before (stage.mjs): it adds Electron, makes
 * app.asar, sets the fuses, and on Windows writes the installer.
 * @param {import('../electron/shipped.mjs').Electron} electron
 * @param {string} output
 * @returns {import('electron-builder').Configuration}
 */
export function builderConfig(electron, output) {
  return {
    appId: APP_ID,
    productName: PRODUCT_NAME,
    copyright: `Copyright © ${PRODUCT_NAME} contributors`,
    directories: { buildResources: RESOURCES, output },
    electronVersion: electron.version,
    electronDist: electron.dist,
    electronLanguages: ['en-US'],
    electronFuses: FUSES,
    npmRebuild: false,
    nodeGypRebuild: false,
    publish: null,
    asar: true,
    files: ['**/*'],
    // electron-builder leaves a node_modules out unless it is named.
    extraResources: ['portlab', 'portlab/node_modules', 'renderer', 'node'].map((part) => ({
      from: join(STAGE, part),
      to: part,
      filter: ['**/*'],
    })),
    extraFiles: [{ from: join(STAGE, 'root'), to: '.', filter: ['**/*'] }],
    artifactName: `${FILE_NAME}-\${version}-\${arch}.\${ext}`,
    fileAssociations: [
      {
        ext: RUN_FILE_ENDING,
        name: 'Recorded run',
        description: `Recorded run of ${PRODUCT_NAME}`,
        mimeType: 'application/vnd.port-scalability-lab.run',
        role: 'Viewer',
      },
    ],
    afterPack: async ({ appOutDir }) => {
      // The test runtime's loader came along with its folder.
      rmSync(join(appOutDir, 'resources', 'app'), { recursive: true, force: true });
    },
    linux: {
      target: ['dir'],
      executableName: FILE_NAME,
      icon: join(RESOURCES, 'icon.png'),
      category: 'System',
    },
    win: {
      target: ['msi', 'zip'],
      icon: join(RESOURCES, 'icon.ico'),
      requestedExecutionLevel: 'asInvoker',
    },
    msi: {
      perMachine: true,
      upgradeCode: UPGRADE_CODE,
      createDesktopShortcut: false,
      createStartMenuShortcut: true,
      runAfterFinish: false,
    },
  };
}
