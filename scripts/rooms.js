/** The rooms from the top of the house to its foundation. A room imports only from rooms after it in this list. */
export const rooms = [
  'cli',
  'web',
  'publish',
  'review',
  'audit',
  'simulate',
  'plan',
  'assess',
  'figures',
  'registers',
  'intake',
  'chart',
  'language',
  'store',
  'model',
];

/** Rooms that also run in a browser: nothing of Node in them. `store` and `intake` touch disk and database. */
export const browserRooms = ['assess', 'simulate', 'chart', 'language', 'model'];
