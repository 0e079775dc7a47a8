/**
 * Which engine works figures out; kept with every decision. It grows by one whenever the same inputs would give another figure,
 * so that a decision that cannot be repeated to the minor unit is explained rather than a riddle.
 */
export const ENGINE_VERSION = 1;
