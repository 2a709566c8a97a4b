/** Browsers read the file while they save it, however long somebody looks for a folder. */
const KEEP_MS = 10 * 60_000;

/** Saves a file as the browser saves downloads; the desktop asks where. */
export function saveBlob(file: Blob, fileName: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  // Hidden, but in the page: where it is not, some browsers do nothing.
  link.hidden = true;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), KEEP_MS);
}
