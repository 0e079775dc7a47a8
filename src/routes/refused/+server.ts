import { foreignWords } from '#lib/messages/refused-words.ts';
import { refusedPage } from '#lib/server/access/refused-page.ts';
import { env } from '#lib/server/env.ts';
import type { RequestHandler } from './$types';

/** What is read where another site sent something here: the server asks for this instead (cli/serve.ts). */
export const GET: RequestHandler = () => refusedPage(foreignWords(env().bankName));
