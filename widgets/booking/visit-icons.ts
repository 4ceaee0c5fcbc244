/** The icons of the calendar and of the receipt; booking-icons.ts has those of the first questions. */
export const arrowLeftIcon = 'M12 19l-7-7 7-7M19 12H5';
export const chevronLeftIcon = 'M15 18l-6-6 6-6';
export const circleCheckIcon = 'M2 12a10 10 0 1 0 20 0a10 10 0 1 0 -20 0M16 9l-5.5 5.5L8 12';
