/*
 * Renews or wipes the copy of what one owes, on the pages of somebody who is signed in and on the one where one signs in. session.js and
 * passkey.js bring it where a copy is turned on, and nowhere else.
 */
import { visit } from './visit.ts';

void visit(document.getElementById('session-ending')?.dataset.device);
