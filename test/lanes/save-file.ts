import type { OpenLab } from './lab.ts';

/** Saves what a click makes the page save. @returns the name the page gives it */
export async function save(
  { page, app }: OpenLab,
  click: () => Promise<void>,
  file: string,
): Promise<string> {
  if (app === undefined) {
    const [download] = await Promise.all([page.waitForEvent('download'), click()]);
    await download.saveAs(file);
    return download.suggestedFilename();
  }
  // Here the desktop would ask where.
  const name = app.evaluate(
    ({ session }, path) =>
      new Promise<string>((resolve) => {
        session.defaultSession.once('will-download', (_event, item) => {
          item.setSavePath(path);
          item.once('done', () => resolve(item.getFilename()));
        });
      }),
    file,
  );
  await click();
  return name;
}
