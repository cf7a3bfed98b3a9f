// Sends one file with tus-js-client, in one of the ways that browsers do.
//
//   node send.mjs ENDPOINT WAY SIZE [ENDPOINT]
//
// and prints the address of the upload. The second endpoint is where an upload
// that was paused goes on.

import { Upload } from 'tus-js-client'

const [endpoint, way, size, elsewhere] = process.argv.slice(2)

const data = Buffer.alloc(Number(size))
for (let i = 0; i < data.length; i++) {
  data[i] = (i * 31) % 251
}

const options = {
  endpoint,
  metadata: { filename: '红包.bin', filetype: 'application/octet-stream' },
  retryDelays: [0, 100, 300, 1000, 2000],
}

// send resolves with the upload's address when all of it has arrived.
function send(more) {
  return new Promise((resolve, reject) => {
    const upload = new Upload(data, {
      ...options,
      ...more,
      onError: reject,
      onSuccess: () => resolve(upload.url),
    })
    upload.start()
  })
}

// pause stops an upload when about a third of it was sent.
function pause(more, terminate) {
  return new Promise((resolve, reject) => {
    let stopping = false
    const upload = new Upload(data, {
      ...options,
      ...more,
      onError: reject,
      onSuccess: () => reject(new Error('it ended before it could be paused')),
      onChunkComplete: async (_, accepted) => {
        if (stopping || accepted < data.length / 3) {
          return
        }
        stopping = true
        await upload.abort(terminate)
        resolve(upload.url)
      },
    })
    upload.start()
  })
}

const chunkSize = 64 * 1024

const ways = {
  whole: () => send({}),
  chunks: () => send({ chunkSize }),
  early: () => send({ uploadDataDuringCreation: true }),
  earlyChunks: () => send({ uploadDataDuringCreation: true, chunkSize }),
  override: () => send({ overridePatchMethod: true }),
  moved: async () => {
    const url = new URL(await pause({ chunkSize }, false))
    return send({ uploadUrl: new URL(url.pathname, elsewhere).href })
  },
  terminated: () => pause({ chunkSize }, true),
}

console.log(await ways[way]())
