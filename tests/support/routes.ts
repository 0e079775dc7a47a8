import { readFileSync } from 'node:fs';
import { globSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';
import { ROOT } from './run-command.ts';

const ROUTES = join(ROOT, 'src', 'routes');

/** A way into the portal as the files of the routes have it: a page that is read, a method that is answered, a named action. */
export interface Entry {
	readonly route: string;
	/** A method, or "?name" of an action. */
	readonly by: string;
}

/** Every way in that the files under src/routes open. */
export function listEntries(folder = ROUTES): Entry[] {
	const files = globSync('**/+{page.svelte,page.server.ts,server.ts}', { cwd: folder }).sort();
	const entries = files.flatMap((file) => {
		const route = `/${relative('.', dirname(file))}`.replace(/\/$/, '') || '/';
		if (file.endsWith('+page.svelte')) return [{ route, by: 'GET' }];
		const exported = exportsOf(join(folder, file));
		const names = file.endsWith('+server.ts') ? exported.methods : exported.actions.map((name) => `?${name}`);
		return names.map((by) => ({ route, by }));
	});
	return entries.filter(({ route, by }, at) => entries.findIndex((e) => e.route === route && e.by === by) === at);
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'fallback'];

/** What a file of a route exports; an export in a shape that is not understood is a fault, not an absence. */
function exportsOf(path: string): { methods: string[]; actions: string[] } {
	const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
	const methods: string[] = [];
	const actions: string[] = [];
	const take = (name: string, value: ts.Expression | undefined) => {
		if (METHODS.includes(name)) methods.push(name);
		if (name !== 'actions') return;
		const given = value && (ts.isSatisfiesExpression(value) || ts.isAsExpression(value)) ? value.expression : value;
		if (!given || !ts.isObjectLiteralExpression(given)) throw new Error(`${path}: actions are no object literal`);
		for (const property of given.properties) {
			if (!property.name || !ts.isIdentifier(property.name)) throw new Error(`${path}: an action without a plain name`);
			actions.push(property.name.text);
		}
	};
	for (const statement of source.statements) {
		if (ts.isExportDeclaration(statement)) throw new Error(`${path}: exports by another name are not followed`);
		const isExported = ts.canHaveModifiers(statement)
			? ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
			: false;
		if (!isExported) continue;
		if (ts.isFunctionDeclaration(statement) && statement.name) take(statement.name.text, undefined);
		if (!ts.isVariableStatement(statement)) continue;
		for (const { name, initializer } of statement.declarationList.declarations) {
			if (!ts.isIdentifier(name)) throw new Error(`${path}: an export that is taken apart`);
			take(name.text, initializer);
		}
	}
	return { methods, actions };
}
