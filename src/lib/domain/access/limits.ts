/** How often support may resend a link to one account on one day. */
export const SUPPORT_RESENDS_PER_DAY = 3;

/** So many minutes lie between two links that support sends to one account. */
export const SUPPORT_RESEND_COOLDOWN_MINUTES = 5;
