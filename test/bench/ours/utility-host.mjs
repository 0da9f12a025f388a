// Main of an Electron application without a window: one utility process with a contender, and the line protocol
// between it and our own standard streams. Arguments: the contender's script, then what it gets.
import { createInterface } from 'node:readline'
import { app, utilityProcess } from 'electron'

const [script, ...parameters] = process.argv.slice(process.argv.indexOf('--contender') + 1)

app.disableHardwareAcceleration()
void app.whenReady().then(() => {
  const child = utilityProcess.fork(script, parameters, {
    stdio: 'inherit',
    serviceName: 'Descent benchmark',
  })
  child.on('exit', (code) => app.exit(code))
  child.once('message', () => {
    child.on('message', (answer) => process.stdout.write(`${JSON.stringify(answer)}\n`))
    createInterface({ input: process.stdin })
      .on('line', (line) => {
        const message = JSON.parse(line)
        if (message.cmd === 'exit') app.exit(0)
        else child.postMessage(message)
      })
      .on('close', () => app.exit(0))
  })
})
