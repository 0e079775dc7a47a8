/*
 * Renews or wipes the copy of what one owes, on the pages of somebody who is signed in. session.js brings it where a copy is turned
 * on, and nowhere else.
 */
import { visit } from './visit.ts';

void visit(document.getElementById('session-ending')?.dataset.device);
