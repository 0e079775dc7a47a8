import type { EvidenceRefusal, FileRefusal } from '#lib/domain/application/evidence-limits.ts';
import type { AttachRefusal, RefusedFile } from '#lib/server/evidence/attach-documents.ts';
import type { DoorRefusal } from '#lib/server/evidence/upload-door.ts';
import * as m from '#lib/paraglide/messages.js';

const FILE: Readonly<Record<EvidenceRefusal | FileRefusal, () => string>> = {
	file_empty: m.file_empty,
	file_too_large: m.file_too_large,
	too_many_files: m.file_too_many,
	too_much_in_all: m.file_too_much,
	not_supported: m.file_not_supported,
	unreadable: m.file_unreadable,
	locked: m.file_locked,
	too_many_pixels: m.file_too_many_pixels,
	too_many_pages: m.file_too_many_pages,
	infected: m.file_infected,
	renamed: m.file_renamed,
};

const POST: Readonly<Record<AttachRefusal, () => string>> = {
	no_draft: m.draft_none,
	already_submitted: m.draft_already_submitted,
	broken_off: m.documents_broken_off,
	post_too_large: m.documents_post_too_large,
	storage_full: m.documents_storage_full,
	no_file: m.documents_no_file,
	kind_unknown: m.documents_kind_missing,
	consent_missing: m.documents_consent_missing,
	page_gone: m.documents_page_gone,
};

/** Why one file was not taken, with its name and what to do. */
export function refusedFileWords({ fileName, refusal }: RefusedFile): string {
	return m.file_refused({ name: fileName || m.file_refused_unnamed(), why: FILE[refusal]() });
}

/** Why nothing of a post was taken, and what to do. */
export function attachRefusalWords(refusal: AttachRefusal): string {
	return POST[refusal]();
}

/** Why one page could not be taken once it was looked into, and what to do. */
export function pageRefusalWords(refusal: FileRefusal): string {
	// Elsewhere these follow a file's name.
	const words = FILE[refusal]();
	return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Why an upload in pieces ended, and what to do. */
export function doorRefusalWords(refusal: DoorRefusal): string {
	const words: Readonly<Record<DoorRefusal, () => string>> = { ...FILE, ...POST, upload_gone: m.documents_broken_off };
	return words[refusal]();
}
