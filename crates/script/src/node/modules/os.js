'use strict'
// The module `os`: one machine, always the same, so that a run does not depend on where it runs.

const TOTAL = 8 * 1024 ** 3
const PRIORITIES = {
  __proto__: null,
  PRIORITY_LOW: 19, PRIORITY_BELOW_NORMAL: 10, PRIORITY_NORMAL: 0, PRIORITY_ABOVE_NORMAL: -7, PRIORITY_HIGH: -14, PRIORITY_HIGHEST: -20,
}
let priority = 0

function checkInteger(value, name, least, most) {
  if (typeof value !== 'number') throw $Helpers.argumentTypeError(name, ['number'], value)
  if (!$Number.isInteger(value)) throw $Helpers.rangeErrorOf(name, 'an integer', value)
  if (value < least || value > most) throw $Helpers.rangeErrorOf(name, `>= ${least} && <= ${most}`, value)
}

// There is one process.
function checkProcess(pid, syscall) {
  checkInteger(pid, 'pid', -2147483648, 2147483647)
  if (pid === 0 || pid === $process.pid) return
  const text = `A system error occurred: ${syscall} returned ESRCH (no such process)`
  const error = $Helpers.nodeError('Error', 'ERR_SYSTEM_ERROR', text)
  $Object.defineProperty(error, 'name', { value: 'SystemError', enumerable: false, writable: true, configurable: true })
  throw $Object.assign(error, { info: { errno: -3, code: 'ESRCH', message: 'no such process', syscall }, errno: -3, syscall })
}

// A folder for files that do not stay, without a slash at its end.
function tmpdir() {
  const { TMPDIR, TMP, TEMP } = $process.env, path = TMPDIR || TMP || TEMP || '/tmp'
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path
}

module.exports = {
  arch: () => 'x64',
  availableParallelism: () => 4,
  cpus: () =>
    [0, 1, 2, 3].map(() => ({
      model: 'Semispace',
      speed: 2000,
      times: { user: 0, nice: 0, sys: 0, idle: 0, irq: 0 },
    })),
  endianness: () => 'LE',
  freemem: () => TOTAL - $process.memoryUsage().rss,
  getPriority(pid = 0) {
    checkProcess(pid, 'uv_os_getpriority')
    return priority
  },
  homedir: () => $process.env.HOME || '/home/user',
  hostname: () => 'semispace',
  loadavg: () => [0, 0, 0],
  machine: () => 'x86_64',
  networkInterfaces: () => ({}),
  platform: () => 'linux',
  release: () => '6.0.0',
  setPriority(pid, wanted) {
    if (wanted === undefined) [pid, wanted] = [0, pid]
    checkInteger(pid, 'pid', -2147483648, 2147483647)
    checkInteger(wanted, 'priority', -20, 19)
    checkProcess(pid, 'uv_os_setpriority')
    priority = wanted
  },
  tmpdir,
  totalmem: () => TOTAL,
  type: () => 'Linux',
  uptime: () => $process.uptime(),
  userInfo: () => ({ uid: 1000, gid: 1000, username: 'user', homedir: '/home/user', shell: '/bin/sh' }),
  version: () => '#1 Semispace',
  constants: { signals: { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGKILL: 9, SIGUSR1: 10, SIGUSR2: 12, SIGTERM: 15 }, priority: PRIORITIES },
  devNull: '/dev/null',
}
$Object.defineProperty(module.exports, 'EOL', { value: '\n', enumerable: true, configurable: true })
