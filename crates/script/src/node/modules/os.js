'use strict'
// The module `os`: one machine, always the same, so that a run does not depend on where it runs.

const TOTAL = 8 * 1024 ** 3

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
  homedir: () => '/home/user',
  hostname: () => 'semispace',
  loadavg: () => [0, 0, 0],
  machine: () => 'x86_64',
  networkInterfaces: () => ({}),
  platform: () => 'linux',
  release: () => '6.0.0',
  tmpdir: () => '/tmp',
  totalmem: () => TOTAL,
  type: () => 'Linux',
  uptime: () => $process.uptime(),
  userInfo: () => ({ uid: 1000, gid: 1000, username: 'user', homedir: '/home/user', shell: '/bin/sh' }),
  version: () => '#1 Semispace',
  constants: { signals: { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGKILL: 9, SIGUSR1: 10, SIGUSR2: 12, SIGTERM: 15 } },
  EOL: '\n',
  devNull: '/dev/null',
}
