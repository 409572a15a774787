/** The run cannot begin: nothing is known about any spec. */
export class SetupError extends Error {}
