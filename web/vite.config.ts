import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

const server = process.env.HAMSAFAR_SERVER ?? 'http://127.0.0.1:8000'

// What the frame around every screen is made of, and what those parts stand on.
const FRAME = new RegExp(
  [
    'node_modules/@mantine/core/esm/core/',
    'node_modules/@mantine/core/esm/components/(ActionIcon|Badge|CloseButton|FocusTrap|Group|Input|InputBase|Loader|Menu|Popover|Portal|Stack|Text|TextInput|Title|Tooltip|Transition|UnstyledButton)/',
    'node_modules/(@floating-ui|react-remove-scroll|react-remove-scroll-bar|react-style-singleton|use-sidecar|use-callback-ref|clsx)/',
    'node_modules/@tabler/icons-react/dist/esm/(createReactComponent|defaultAttributes)',
  ].join('|'),
)

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    rollupOptions: {
      output: {
        // React apart from everything else, so that a new release of ours leaves the browser's copy of it valid;
        // the frame's parts and the strings that every screen needs together, each screen's own apart.
        manualChunks(id: string) {
          if (/node_modules\/(react|react-dom|scheduler|react-router)\//.test(id)) return 'react'
          if (FRAME.test(id)) return 'frame'
          const [, language] = /\/(?:ui|shell)\/locale\/(fa|en)\.json/.exec(id) ?? []
          if (language) return `locale-${language}`
          return undefined
        },
      },
    },
  },
  server: {
    proxy: {
      '/api': server,
      '/_allauth': server,
      '/ws': { target: server.replace(/^http/, 'ws'), ws: true },
    },
  },
  test: {
    environment: 'jsdom',
    setupFiles: ['src/testing/setup.ts'],
    css: false,
    restoreMocks: true,
    // A screen's test types and clicks its way through; on a busy machine that takes a while.
    testTimeout: 30_000,
  },
})
