// Long and hostile addresses take time in proportion to their length, no more.
const n = 100000
const parts = {
  host: 'http://' + 'a'.repeat(n), brackets: 'http://' + '['.repeat(n), groups: 'http://' + '[a'.repeat(n) + ']:', percents: 'http://a/' + '%'.repeat(n),
  colons: 'http://' + ':'.repeat(n), leading: ' '.repeat(n) + 'x', inside: 'x:' + ' '.repeat(n) + 'x', port: 'http://a:' + '9'.repeat(n),
  zeros: 'http://a:' + '0'.repeat(n) + '81', scheme: 'a'.repeat(n) + ':',
}
for (const [name, text] of Object.entries(parts)) console.log(name, URL.canParse(text) ? new URL(text).href.length : 'invalid')
