[1, 2].forEach(x => {
  console.log(x)
  if (x === 2) x.y.z
})
