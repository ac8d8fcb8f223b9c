/** The address of a report, below the desk's first one. */
export const reportAddress = (id: string): string => `reports/${id}/`;
