/** Where the page stands, below the desk's first address. */
export const TAKING_REPORTS = "taking-reports/";
