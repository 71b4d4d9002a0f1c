# Read by cpack once for each kind of package: only the archive brings libraries along.
if(CPACK_GENERATOR STREQUAL "DEB")
  set(CPACK_INSTALL_CMAKE_PROJECTS "${CPACK_BUILD_DIR};activation_lab;program;/")
  set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
else()
  set(CPACK_INSTALL_CMAKE_PROJECTS "${CPACK_BUILD_DIR};activation_lab;ALL;/")
  set(CPACK_PACKAGING_INSTALL_PREFIX /)
endif()
