import { homedir } from 'node:os';
import { join } from 'node:path';

const FOLDER = 'Port Scalability Lab';

/** Where recordings go unless `--db` says otherwise: shared by the host's admins on Windows, the user's own elsewhere. */
export function defaultDatabase(
  platform: NodeJS.Platform = process.platform,
  environment: NodeJS.ProcessEnv = process.env,
): string {
  if (platform === 'win32') {
    return join(environment['ProgramData'] ?? homedir(), FOLDER, 'lab.labdb');
  }
  if (platform === 'darwin') {
    return join(homedir(), 'Library', 'Application Support', FOLDER, 'lab.labdb');
  }
  const data = environment['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share');
  return join(data, 'port-scalability-lab', 'lab.labdb');
}
