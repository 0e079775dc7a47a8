import * as m from '#lib/paraglide/messages.js';

/** A panel of the case page by its id; its letter holds while the list of panels is open. */
export interface PanelPlace {
	readonly id: string;
	readonly letter: string;
	readonly name: () => string;
}

/** Every panel that there can be, in the order of the page; a case has those that have something to say. */
export const PANELS: readonly PanelPlace[] = [
	{ id: 'since', letter: 'S', name: m.case_since_title },
	{ id: 'objection', letter: 'J', name: m.objection_desk_title },
	{ id: 'revision', letter: 'V', name: m.case_panel_revision },
	{ id: 'evidence', letter: 'E', name: m.case_panel_evidence },
	{ id: 'circumstances', letter: 'W', name: m.desk_circumstances },
	{ id: 'plan', letter: 'P', name: m.desk_plan_title },
	{ id: 'rules', letter: 'R', name: m.case_rules_title },
	{ id: 'aside', letter: 'H', name: m.case_panel_aside },
	{ id: 'asked', letter: 'A', name: m.desk_asked_title },
	{ id: 'offers', letter: 'O', name: m.desk_offer_history },
	{ id: 'budget', letter: 'B', name: m.desk_budget_title },
	{ id: 'debt', letter: 'D', name: m.desk_debt_title },
	{ id: 'why', letter: 'Y', name: m.case_why_title },
	{ id: 'reconciliation', letter: 'L', name: m.desk_reconcile_title },
	{ id: 'past', letter: 'F', name: m.case_past_title },
	{ id: 'contact', letter: 'C', name: m.case_contact_title },
	{ id: 'notes', letter: 'N', name: m.case_notes_title },
	{ id: 'timeline', letter: 'T', name: m.desk_timeline_title },
	{ id: 'approval', letter: 'I', name: m.approval_title },
	{ id: 'decision', letter: 'X', name: m.desk_decision_title },
];
