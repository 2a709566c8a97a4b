/** What a run is called beside others: A, B, C and so on, by its place from 0. */
export function runLetter(at: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + at);
}
