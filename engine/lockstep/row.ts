/** One event row, as engine/event/op.ts describes its columns. One object serves for all rows. */
export interface Row {
  seq: number;
  t: number;
  arm: number;
  op: number;
  socket: number;
  address: number;
  port: number;
  code: number;
  value: number;
}

export function newRow(): Row {
  return { seq: -1, t: 0, arm: 0, op: 0, socket: 0, address: 0, port: 0, code: 0, value: 0 };
}
