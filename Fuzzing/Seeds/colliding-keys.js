// Keys with the same hash, which the load check and Maps order by their bytes.
const record = {T_LztURz1MBUYXJXibwO3M: 1, "T_LztURz1MB5-TqMX2wOjI": 2, YuM_l04re6OUYXJXibwO3M: 3};
const map = Map.of(Object.entries({...record, "YuM_l04re6O5-TqMX2wOjI": 4}));
[record, record["T_LztURz1MB5-TqMX2wOjI"], Map.keys(map), map === Map.delete(map, "none"), "a text after the shapes"]
