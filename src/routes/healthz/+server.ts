import { text } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/** The process runs and answers; the database is not asked. */
export const GET: RequestHandler = () => text('ok\n');
