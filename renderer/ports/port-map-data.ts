/** Which numbers of the dynamic range are held now, on which addresses. */
export interface PortMapData {
  /** Port of the first entry. */
  readonly start: number;
  /** By band, 1 where that address holds the number; none where there are more addresses than bands. */
  readonly held: readonly Uint8Array[];
  /** On how many addresses each number is held. */
  readonly holders: Uint16Array;
}
