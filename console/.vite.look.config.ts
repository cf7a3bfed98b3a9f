import base from '/work/main/console/vite.config.ts'
export default { ...base, root: '/work/main/console', cacheDir: '/tmp/qf/cons/vitecache', server: { host: '127.0.0.1', port: 5195, strictPort: true, proxy: { '/api': { target: 'http://127.0.0.1:8095' } } } }
