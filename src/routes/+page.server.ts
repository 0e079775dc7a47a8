import type { PageServerLoad } from './$types';

export const csr = false;

export const load: PageServerLoad = ({ url }) => ({ signedOut: url.searchParams.has('signed-out') });
