/** What a file holds, before its orientation is applied. */
export interface DecodedImage {
  /** [height, width, 4]: red, green, blue, opacity. */
  rgba: Uint8Array;
  width: number;
  height: number;
  /** EXIF's: 1 to 8, 1 upright. */
  orientation: number;
}
