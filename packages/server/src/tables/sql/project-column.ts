/** The column the seam adds to every table. */
export const PROJECT = 'projectId';
