/** The names of what lies in a data folder. Here, so that the thread that starts the store need not load the store itself. */
export const dataFileName = 'data.mdb';
