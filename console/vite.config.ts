import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { antdTheme } from './build/antdTheme.ts'
import { offline } from './build/offline.ts'

export default defineConfig({
  base: '/console/',
  plugins: [react(), antdTheme(), offline()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: {
    host: '127.0.0.1',
    proxy: { '/api': { target: 'http://127.0.0.1:8080' } },
  },
  build: {
    outDir: 'dist',
    target: 'es2022',
    // Data URLs would need their own exception in the content security policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
  },
  test: {
    environment: 'jsdom',
    environmentOptions: { jsdom: { url: 'http://qingfeng.test/console/' } },
    setupFiles: ['src/test/setup.ts'],
    // A simulated browser for each file took most of the time. Files share one, in
    // any order, which shows what a test leaves behind.
    isolate: false,
    sequence: { shuffle: { files: true } },
    // By itself it leaves one core for an editor, which is half of a small machine.
    maxWorkers: '100%',
    // Whole pages are drawn in a simulated browser; a loaded machine takes its time.
    testTimeout: 60_000,
    // Wall-clock zone of the test machine must not matter; a far one shows when it does.
    env: { TZ: 'America/New_York' },
  },
})
