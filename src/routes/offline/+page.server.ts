/** Kept by the service worker, for a phone without network; says nothing of anybody and needs no script. */
export const csr = false;
