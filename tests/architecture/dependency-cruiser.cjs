// Who may import whom; the numbers are those of the design's rules. Each bites: see import-rules.test.ts.
const DOMAIN = '^src/lib/domain/';
const SERVER = '^src/lib/server/';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
	forbidden: [
		{
			name: '1-domain-imports-only-domain',
			severity: 'error',
			from: { path: DOMAIN, pathNot: '\\.test\\.ts$' },
			to: { pathNot: DOMAIN },
		},
		{
			name: '2-only-repositories-name-the-database',
			severity: 'error',
			from: {
				path: '^src/',
				pathNot: ['^src/lib/server/db/', '\\.repository\\.ts$'],
			},
			to: { path: 'node_modules/(kysely|pg|@types/pg)/' },
		},
		{
			name: '3-routes-and-cli-call-use-cases',
			severity: 'error',
			from: { path: ['^src/routes/', '^src/cli/', '^src/hooks'] },
			to: { path: '\\.repository\\.ts$' },
		},
		{
			name: '4-a-repository-is-private-to-its-folder',
			severity: 'error',
			from: { path: '^src/lib/server/([^/]+)/' },
			to: { path: '\\.repository\\.ts$', pathNot: '^src/lib/server/$1/' },
		},
		{
			name: '5-lib-never-imports-routes',
			severity: 'error',
			from: { path: '^src/lib/' },
			to: { path: '^src/routes/' },
		},
		{
			name: '5-cardholder-routes-stand-apart-from-staff-routes',
			severity: 'error',
			from: { path: '^src/routes/\\(cardholder\\)/' },
			to: { path: '^src/routes/(\\(staff\\)|staff)/' },
		},
		{
			name: '5-staff-routes-stand-apart-from-cardholder-routes',
			severity: 'error',
			from: { path: '^src/routes/(\\(staff\\)|staff)/' },
			to: { path: '^src/routes/\\(cardholder\\)/' },
		},
		{
			name: '6-components-never-import-the-server',
			severity: 'error',
			from: { path: '\\.svelte$' },
			to: { path: SERVER, dependencyTypesNot: ['type-only'] },
		},
		{
			name: '6-server-code-stands-under-lib-server',
			severity: 'error',
			from: { path: '^src/' },
			to: { path: '^src/lib/(?!server/).*/server/' },
		},
		{
			name: '7-migrations-never-import-src',
			severity: 'error',
			from: { path: '^migrations/' },
			to: { path: '^src/' },
		},
		{
			name: '8-no-cycles',
			severity: 'error',
			from: { path: '^(src|migrations)/' },
			to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
		},
		{
			name: 'every-import-resolves',
			severity: 'error',
			from: { path: '^(src|migrations)/' },
			to: {
				couldNotResolve: true,
				pathNot: ['^\\$(app|env|service-worker)', '^\\./\\$types', '^virtual:', '^\\$lib'],
			},
		},
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		exclude: { path: ['^src/lib/paraglide/', '^\\.svelte-kit/'] },
		tsPreCompilationDeps: true,
		enhancedResolveOptions: {
			exportsFields: ['exports'],
			conditionNames: ['import', 'node', 'default', 'types', 'svelte'],
			extensions: ['.ts', '.svelte', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
		},
	},
};
