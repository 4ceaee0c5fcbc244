/** Both businesses of the demo stand in one zone. */
export const TIME_ZONE = 'Asia/Kuala_Lumpur';
/** Of that zone, in milliseconds: the same all year. */
export const OFFSET_MS = 8 * 60 * 60 * 1_000;
