import { isDeepStrictEqual } from 'node:util';
import { LabError } from '#engine/model/lab-error.ts';
import { withBundle } from './bundle-file.ts';
import { writeRun } from './run-bundle.ts';
import { RunLibrary } from './run-library.ts';

/**
 * Takes a `.labrun` into a library.
 * @param library the library's file; made if it is missing
 * @returns the run's id, and whether the library had this very run already
 * @throws LabError 'usage' when the file can't be trusted, or names another run that is there
 */
export function importRun(library: string, bundle: string): { id: string; known: boolean } {
  return withBundle(bundle, (run) => {
    const { id } = run.document.run;
    const there = new RunLibrary(library);
    try {
      if (there.list().some((head) => head.id === id)) {
        if (isDeepStrictEqual(there.get(id), run.document)) return { id, known: true };
        throw new LabError(
          'usage',
          `${bundle}: another run named ${id} is in the library already`,
          'delete that one first, or import into another database with --db FILE',
        );
      }
    } finally {
      there.close();
    }
    writeRun(library, run);
    return { id, known: false };
  });
}
