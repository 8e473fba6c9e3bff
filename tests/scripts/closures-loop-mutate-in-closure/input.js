const out = []
for (let i = 0, inc = null; i < 4; i++) {
  const bump = () => { i++ }
  bump()
  out.push(i)
}
console.log(out)
