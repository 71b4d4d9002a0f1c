# Read by cpack once for each kind of package: only the archive brings libraries along.
list(GET CPACK_INSTALL_CMAKE_PROJECTS 0 build_folder)
if(CPACK_GENERATOR STREQUAL "DEB")
  set(CPACK_INSTALL_CMAKE_PROJECTS "${build_folder};activation_lab;program;/")
  set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
else()
  set(CPACK_INSTALL_CMAKE_PROJECTS "${build_folder};activation_lab;ALL;/")
  set(CPACK_PACKAGING_INSTALL_PREFIX /)
endif()
